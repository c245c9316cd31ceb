-- Vectors are made again by themselves from the published texts; the old ones did not know their language.
DELETE FROM "passage_embedding";--> statement-breakpoint
CREATE TABLE "search_setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "passage_embedding" DROP CONSTRAINT "passage_embedding_embedder_text_hash_pk";--> statement-breakpoint
ALTER TABLE "passage_embedding" ADD COLUMN "lang" text NOT NULL;--> statement-breakpoint
ALTER TABLE "passage_embedding" ADD CONSTRAINT "passage_embedding_embedder_lang_text_hash_pk" PRIMARY KEY("embedder","lang","text_hash");
