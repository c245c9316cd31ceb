CREATE TABLE "synonym_edit" (
	"group_id" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"content" jsonb,
	"reason" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "synonym_edit_group_id_number_pk" PRIMARY KEY("group_id","number")
);
--> statement-breakpoint
ALTER TABLE "search_dismissal" ADD COLUMN "reason" text DEFAULT '' NOT NULL;