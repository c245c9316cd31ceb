CREATE TABLE "search_query_passage" (
	"query_id" text NOT NULL,
	"passage_id" text NOT NULL,
	"use" text NOT NULL,
	"place" integer,
	CONSTRAINT "search_query_passage_query_id_passage_id_use_pk" PRIMARY KEY("query_id","passage_id","use")
);
--> statement-breakpoint
ALTER TABLE "search_query_passage" ADD CONSTRAINT "search_query_passage_query_id_search_query_id_fk" FOREIGN KEY ("query_id") REFERENCES "public"."search_query"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- What was known of each query until now: the last passage opened or copied, and whether anything was copied.
INSERT INTO "search_query_passage" ("query_id", "passage_id", "use")
SELECT "id", "opened_passage_id", 'opened' FROM "search_query" WHERE "opened_passage_id" IS NOT NULL
UNION ALL
SELECT "id", "opened_passage_id", 'copied' FROM "search_query" WHERE "opened_passage_id" IS NOT NULL AND "copied";--> statement-breakpoint
ALTER TABLE "search_query" DROP COLUMN "opened_passage_id";--> statement-breakpoint
ALTER TABLE "search_query" DROP COLUMN "copied";