ALTER TABLE "service" ADD COLUMN "agency_assumed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "service" SET "agency_assumed" = true FROM "service_submission" WHERE "service_submission"."id" = "service"."submission_id" AND "service_submission"."actor_kind" = 'system' AND "service"."agency_id" = 'agc_contact_centre';
