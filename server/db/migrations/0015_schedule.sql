CREATE TABLE "schedule_run" (
	"job" text PRIMARY KEY NOT NULL,
	"slot" text NOT NULL,
	"state" text NOT NULL,
	"holder" text NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	"attempts" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"retry_at" timestamp with time zone,
	"error" text
);
--> statement-breakpoint
ALTER TABLE "editorial_task" ADD COLUMN "agency_id" text;--> statement-breakpoint
CREATE INDEX "editorial_task_agency" ON "editorial_task" USING btree ("agency_id","state");