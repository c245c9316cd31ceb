ALTER TABLE "language_difference" ADD COLUMN "key" text;--> statement-breakpoint
UPDATE "language_difference" SET "key" = "id";--> statement-breakpoint
ALTER TABLE "language_difference" ALTER COLUMN "key" SET NOT NULL;
