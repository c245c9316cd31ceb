ALTER TABLE "sample_question" ADD COLUMN "file" text;--> statement-breakpoint
ALTER TABLE "sample_question" ADD COLUMN "added_by" text;--> statement-breakpoint
ALTER TABLE "sample_question" ADD COLUMN "added_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sample_question" ADD COLUMN "provision_id" text;