ALTER TABLE "gap_question" ADD COLUMN "file" text;--> statement-breakpoint
ALTER TABLE "gap_question" ADD COLUMN "added_by" text;--> statement-breakpoint
ALTER TABLE "gap_question" ADD COLUMN "added_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "gap_question" ADD COLUMN "confirmed_on" date;--> statement-breakpoint
ALTER TABLE "gap_question" ADD COLUMN "confirmed_by" text;