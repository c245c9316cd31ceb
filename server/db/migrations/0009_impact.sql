CREATE TABLE "publication_day" (
	"act_id" text NOT NULL,
	"date" date NOT NULL,
	"number" text NOT NULL,
	"published_on" date NOT NULL,
	"reason" text,
	"set_at" timestamp with time zone NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "publication_day_act_id_date_number_pk" PRIMARY KEY("act_id","date","number")
);
--> statement-breakpoint
CREATE TABLE "update_request" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"agency_id" text NOT NULL,
	"service_id" text,
	"person_id" text,
	"act_id" text NOT NULL,
	"act" text NOT NULL,
	"amended_by" jsonb NOT NULL,
	"points" jsonb NOT NULL,
	"url" text NOT NULL,
	"requested_on" date NOT NULL,
	"deadline_id" text,
	"due_on" date,
	"state" text NOT NULL,
	"answer" text,
	"closed_on" date,
	"closed_by" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "update_request_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "provision" ADD COLUMN "ended_by" jsonb;--> statement-breakpoint
ALTER TABLE "update_request" ADD CONSTRAINT "update_request_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "update_request" ADD CONSTRAINT "update_request_person_id_responsible_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."responsible_person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "update_request" ADD CONSTRAINT "update_request_deadline_id_service_deadline_id_fk" FOREIGN KEY ("deadline_id") REFERENCES "public"."service_deadline"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "update_request_agency" ON "update_request" USING btree ("agency_id","state");--> statement-breakpoint
CREATE INDEX "update_request_deadline" ON "update_request" USING btree ("deadline_id");--> statement-breakpoint
CREATE INDEX "answer_cited" ON "answer" USING gin (jsonb_path_query_array(sentences, '$[*].citations[*].provisionId'));