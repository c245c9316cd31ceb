CREATE EXTENSION IF NOT EXISTS vector;
--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_key" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"agency_id" text,
	"hash" text NOT NULL,
	"hint" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_key_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text DEFAULT 'operator' NOT NULL,
	"agency_id" text,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"subject_id" text NOT NULL,
	"payload" jsonb NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"request_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"key" text PRIMARY KEY NOT NULL,
	"request_hash" text NOT NULL,
	"status" text,
	"body" text,
	"content_type" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "act" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"signed_on" date NOT NULL,
	"registration_number" text,
	"code" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "amendment" (
	"id" text PRIMARY KEY NOT NULL,
	"act_id" text NOT NULL,
	"lang" text NOT NULL,
	"edition_id" text NOT NULL,
	"ord" integer NOT NULL,
	"target" text NOT NULL,
	"target_eids" jsonb NOT NULL,
	"change" text NOT NULL,
	"by" jsonb NOT NULL,
	"in_force" jsonb NOT NULL,
	"only_lang" text,
	"raw" text NOT NULL,
	"line" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "edition" (
	"id" text PRIMARY KEY NOT NULL,
	"act_id" text NOT NULL,
	"lang" text NOT NULL,
	"date" date NOT NULL,
	"version_date" date,
	"meta" jsonb,
	"title" text NOT NULL,
	"annex_title" text,
	"requisites" jsonb NOT NULL,
	"remarks" jsonb NOT NULL,
	"repairs" jsonb NOT NULL,
	"source_name" text NOT NULL,
	"source_sha256" text NOT NULL,
	"source_text" text NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	"imported_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provision" (
	"id" text PRIMARY KEY NOT NULL,
	"act_id" text NOT NULL,
	"lang" text NOT NULL,
	"eid" text NOT NULL,
	"parent_eid" text,
	"kind" text NOT NULL,
	"ord" integer NOT NULL,
	"num" text,
	"label" text NOT NULL,
	"heading" text,
	"text" text NOT NULL,
	"raw" text NOT NULL,
	"line" integer NOT NULL,
	"status" text NOT NULL,
	"form" jsonb,
	"cells" jsonb,
	"references" jsonb NOT NULL,
	"definition" jsonb,
	"content_hash" text NOT NULL,
	"edition_id" text NOT NULL,
	"changed_by" jsonb,
	"wording_date" date NOT NULL,
	"valid_from" date NOT NULL,
	"valid_from_known" boolean NOT NULL,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "article" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"act_id" text,
	"ord" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "article_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "article_source" (
	"version_id" text NOT NULL,
	"ord" integer NOT NULL,
	"provision_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "article_version" (
	"id" text PRIMARY KEY NOT NULL,
	"article_id" text NOT NULL,
	"lang" text NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"content_hash" text NOT NULL,
	"state" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_from_known" boolean NOT NULL,
	"valid_to" date,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"published_at" timestamp with time zone,
	"published_by" text,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" text,
	"withdrawn_reason" text
);
--> statement-breakpoint
CREATE TABLE "passage" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"article_id" text NOT NULL,
	"lang" text NOT NULL,
	"ord" integer NOT NULL,
	"provision_id" text,
	"label" text NOT NULL,
	"anchor" text NOT NULL,
	"context" text NOT NULL,
	"text" text NOT NULL,
	"text_hash" text NOT NULL,
	"segments" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passage_embedding" (
	"embedder" text NOT NULL,
	"text_hash" text NOT NULL,
	"embedding" vector NOT NULL,
	CONSTRAINT "passage_embedding_embedder_text_hash_pk" PRIMARY KEY("embedder","text_hash")
);
--> statement-breakpoint
CREATE TABLE "answer" (
	"id" text PRIMARY KEY NOT NULL,
	"question" text NOT NULL,
	"lang" text NOT NULL,
	"as_of" date NOT NULL,
	"status" text NOT NULL,
	"sentences" jsonb NOT NULL,
	"passages" jsonb NOT NULL,
	"checks" jsonb NOT NULL,
	"competence" jsonb,
	"answerer" text NOT NULL,
	"took_ms" integer NOT NULL,
	"actor_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agency" (
	"id" text PRIMARY KEY NOT NULL,
	"name" jsonb NOT NULL,
	"kind" text NOT NULL,
	"subjects" jsonb NOT NULL,
	"contacts" jsonb NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_edit" (
	"date" date NOT NULL,
	"number" integer NOT NULL,
	"kind" text,
	"reason" text NOT NULL,
	"decree" text,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_edit_date_number_pk" PRIMARY KEY("date","number")
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendment" ADD CONSTRAINT "amendment_act_id_act_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."act"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendment" ADD CONSTRAINT "amendment_edition_id_edition_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."edition"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "edition" ADD CONSTRAINT "edition_act_id_act_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."act"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision" ADD CONSTRAINT "provision_act_id_act_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."act"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provision" ADD CONSTRAINT "provision_edition_id_edition_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."edition"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article" ADD CONSTRAINT "article_act_id_act_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."act"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_source" ADD CONSTRAINT "article_source_version_id_article_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."article_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_source" ADD CONSTRAINT "article_source_provision_id_provision_id_fk" FOREIGN KEY ("provision_id") REFERENCES "public"."provision"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_version" ADD CONSTRAINT "article_version_article_id_article_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."article"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passage" ADD CONSTRAINT "passage_version_id_article_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."article_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passage" ADD CONSTRAINT "passage_article_id_article_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."article"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passage" ADD CONSTRAINT "passage_provision_id_provision_id_fk" FOREIGN KEY ("provision_id") REFERENCES "public"."provision"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "event_subject" ON "event" USING btree ("subject_id","at");--> statement-breakpoint
CREATE INDEX "event_type" ON "event" USING btree ("type","at");--> statement-breakpoint
CREATE INDEX "amendment_act" ON "amendment" USING btree ("act_id","lang");--> statement-breakpoint
CREATE UNIQUE INDEX "edition_source" ON "edition" USING btree ("act_id","lang","source_sha256");--> statement-breakpoint
CREATE INDEX "provision_act" ON "provision" USING btree ("act_id","lang","eid");--> statement-breakpoint
CREATE UNIQUE INDEX "provision_wording" ON "provision" USING btree ("act_id","lang","eid","valid_from","content_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "article_source_key" ON "article_source" USING btree ("version_id","ord");--> statement-breakpoint
CREATE INDEX "article_source_provision" ON "article_source" USING btree ("provision_id");--> statement-breakpoint
CREATE UNIQUE INDEX "article_version_number" ON "article_version" USING btree ("article_id","lang","number");--> statement-breakpoint
CREATE INDEX "passage_version" ON "passage" USING btree ("version_id","ord");--> statement-breakpoint
CREATE INDEX "passage_hash" ON "passage" USING btree ("text_hash");--> statement-breakpoint
CREATE INDEX "answer_at" ON "answer" USING btree ("at");--> statement-breakpoint
CREATE FUNCTION article_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.article_id, OLD.lang, OLD.number, OLD.title, OLD.body, OLD.content_hash, OLD.valid_from, OLD.created_at, OLD.created_by)
     IS DISTINCT FROM
     (NEW.article_id, NEW.lang, NEW.number, NEW.title, NEW.body, NEW.content_hash, NEW.valid_from, NEW.created_at, NEW.created_by)
  THEN
    RAISE EXCEPTION 'article version % is immutable: make a new version', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER article_version_immutable BEFORE UPDATE ON article_version FOR EACH ROW EXECUTE FUNCTION article_version_is_immutable();
--> statement-breakpoint
CREATE FUNCTION event_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are history: they are neither changed nor removed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_is_history();
