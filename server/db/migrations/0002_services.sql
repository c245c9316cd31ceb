CREATE TABLE "acceptance_protocol" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"number" text,
	"signed_on" date NOT NULL,
	"centre_signatory" jsonb NOT NULL,
	"agency_signatory" jsonb NOT NULL,
	"file_name" text NOT NULL,
	"file_type" text NOT NULL,
	"file_size" integer NOT NULL,
	"file_sha256" text NOT NULL,
	"file" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "acceptance_protocol_service_id_unique" UNIQUE("service_id")
);
--> statement-breakpoint
CREATE TABLE "responsible_person" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"ord" integer NOT NULL,
	"name" text NOT NULL,
	"post" text NOT NULL,
	"phones" jsonb NOT NULL,
	"emails" jsonb NOT NULL,
	"since" date NOT NULL,
	"until" date,
	"replaces" text,
	"told_on" date NOT NULL,
	"submission_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service" (
	"id" text PRIMARY KEY NOT NULL,
	"agency_id" text NOT NULL,
	"kind" text NOT NULL,
	"registry_number" text NOT NULL,
	"name" text NOT NULL,
	"by_law" jsonb NOT NULL,
	"changes" jsonb NOT NULL,
	"web_resources" jsonb NOT NULL,
	"submission_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_deadline" (
	"id" text PRIMARY KEY NOT NULL,
	"agency_id" text NOT NULL,
	"service_id" text,
	"kind" text NOT NULL,
	"point" text NOT NULL,
	"event" date NOT NULL,
	"cause" text NOT NULL,
	"working_days" integer NOT NULL,
	"due_on" date NOT NULL,
	"met_on" date,
	"met_by" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_information" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"text" text NOT NULL,
	"protection" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_submission" (
	"id" text PRIMARY KEY NOT NULL,
	"agency_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	"format" text,
	"encoding" text,
	"sheet" text,
	"columns" jsonb NOT NULL,
	"status" text NOT NULL,
	"messages" jsonb NOT NULL,
	"unlisted" integer NOT NULL,
	"absent" jsonb NOT NULL,
	"received_on" date NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_training" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"held_on" date NOT NULL,
	"trainer" text NOT NULL,
	"trainees" jsonb NOT NULL,
	"note" text,
	"created_at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submission_row" (
	"submission_id" text NOT NULL,
	"row" integer NOT NULL,
	"raw" jsonb NOT NULL,
	"service" jsonb,
	"service_id" text,
	"change" text,
	"fields" jsonb NOT NULL,
	CONSTRAINT "submission_row_submission_id_row_pk" PRIMARY KEY("submission_id","row")
);
--> statement-breakpoint
ALTER TABLE "acceptance_protocol" ADD CONSTRAINT "acceptance_protocol_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responsible_person" ADD CONSTRAINT "responsible_person_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service" ADD CONSTRAINT "service_submission_id_service_submission_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."service_submission"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_deadline" ADD CONSTRAINT "service_deadline_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_information" ADD CONSTRAINT "service_information_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_training" ADD CONSTRAINT "service_training_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submission_row" ADD CONSTRAINT "submission_row_submission_id_service_submission_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."service_submission"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "responsible_person_service" ON "responsible_person" USING btree ("service_id","since");--> statement-breakpoint
CREATE UNIQUE INDEX "service_registry_number" ON "service" USING btree ("agency_id","registry_number");--> statement-breakpoint
CREATE INDEX "service_deadline_agency" ON "service_deadline" USING btree ("agency_id","due_on");--> statement-breakpoint
CREATE INDEX "service_deadline_service" ON "service_deadline" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "service_information_service" ON "service_information" USING btree ("service_id","created_at");--> statement-breakpoint
CREATE INDEX "service_submission_agency" ON "service_submission" USING btree ("agency_id","received_at");--> statement-breakpoint
CREATE INDEX "service_submission_bytes" ON "service_submission" USING btree ("agency_id","sha256");--> statement-breakpoint
CREATE INDEX "service_training_service" ON "service_training" USING btree ("service_id","held_on");