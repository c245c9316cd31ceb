CREATE TABLE "search_dismissal" (
	"key" text NOT NULL,
	"lang" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "search_dismissal_key_lang_pk" PRIMARY KEY("key","lang")
);
--> statement-breakpoint
CREATE TABLE "search_query" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"text" text NOT NULL,
	"key" text NOT NULL,
	"lang" text NOT NULL,
	"hits" integer NOT NULL,
	"correction" text,
	"confidence" real,
	"degraded" boolean NOT NULL,
	"failed" boolean NOT NULL,
	"opened_passage_id" text,
	"copied" boolean NOT NULL,
	"day" date NOT NULL,
	"hour" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_query_key" ON "search_query" USING btree ("key","lang");--> statement-breakpoint
CREATE INDEX "search_query_day" ON "search_query" USING btree ("day");