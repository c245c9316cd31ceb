CREATE TABLE "record_annulment" (
	"id" text PRIMARY KEY NOT NULL,
	"service_id" text NOT NULL,
	"kind" text NOT NULL,
	"record_id" text NOT NULL,
	"reason" text NOT NULL,
	"replaced_by" text,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "record_annulment_record_id_unique" UNIQUE("record_id")
);
--> statement-breakpoint
ALTER TABLE "acceptance_protocol" DROP CONSTRAINT "acceptance_protocol_service_id_unique";--> statement-breakpoint
ALTER TABLE "update_request" ADD COLUMN "answer_protection" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "record_annulment" ADD CONSTRAINT "record_annulment_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "record_annulment_service" ON "record_annulment" USING btree ("service_id","at");--> statement-breakpoint
CREATE INDEX "acceptance_protocol_service" ON "acceptance_protocol" USING btree ("service_id");