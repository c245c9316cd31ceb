DROP TABLE "definition" CASCADE;--> statement-breakpoint
DROP TABLE "provision_reference" CASCADE;--> statement-breakpoint
ALTER TABLE "provision" ADD COLUMN "references" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "provision" ADD COLUMN "definition" jsonb;