CREATE TABLE "article_review_date" (
	"article_id" text NOT NULL,
	"lang" text NOT NULL,
	"review_by" date NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "article_review_date_article_id_lang_pk" PRIMARY KEY("article_id","lang")
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"id" text PRIMARY KEY NOT NULL,
	"article_id" text,
	"lang" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"act_id" text,
	"valid_from" date,
	"valid_to" date,
	"review_by" date,
	"agency_id" text,
	"service_id" text,
	"base_version_id" text,
	"rollback_of" text,
	"state" text NOT NULL,
	"revision" integer NOT NULL,
	"authors" jsonb NOT NULL,
	"version_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft_comment" (
	"id" text PRIMARY KEY NOT NULL,
	"draft_id" text NOT NULL,
	"thread_id" text,
	"revision" integer NOT NULL,
	"anchor" jsonb,
	"text" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" text
);
--> statement-breakpoint
CREATE TABLE "draft_revision" (
	"draft_id" text NOT NULL,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "draft_revision_draft_id_revision_pk" PRIMARY KEY("draft_id","revision")
);
--> statement-breakpoint
CREATE TABLE "editorial_review" (
	"version_id" text PRIMARY KEY NOT NULL,
	"draft_id" text NOT NULL,
	"revision" integer NOT NULL,
	"authors" jsonb NOT NULL,
	"base_version_id" text,
	"valid_from" date,
	"valid_to" date,
	"review_by" date,
	"agency_id" text,
	"service_id" text,
	"note" text,
	"submitted_at" timestamp with time zone NOT NULL,
	"submitted_by" text NOT NULL,
	"decision" text,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"decision_note" text
);
--> statement-breakpoint
CREATE TABLE "editorial_task" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"article_id" text,
	"draft_id" text,
	"version_id" text,
	"lang" text,
	"title" text NOT NULL,
	"detail" jsonb NOT NULL,
	"assignee_id" text,
	"due_on" date,
	"state" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"done_at" timestamp with time zone,
	"done_by" text
);
--> statement-breakpoint
ALTER TABLE "article_review_date" ADD CONSTRAINT "article_review_date_article_id_article_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."article"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_article_id_article_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."article"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_act_id_act_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."act"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_base_version_id_article_version_id_fk" FOREIGN KEY ("base_version_id") REFERENCES "public"."article_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_rollback_of_article_version_id_fk" FOREIGN KEY ("rollback_of") REFERENCES "public"."article_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_version_id_article_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."article_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_comment" ADD CONSTRAINT "draft_comment_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_revision" ADD CONSTRAINT "draft_revision_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editorial_review" ADD CONSTRAINT "editorial_review_version_id_article_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."article_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editorial_review" ADD CONSTRAINT "editorial_review_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editorial_review" ADD CONSTRAINT "editorial_review_base_version_id_article_version_id_fk" FOREIGN KEY ("base_version_id") REFERENCES "public"."article_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editorial_task" ADD CONSTRAINT "editorial_task_article_id_article_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."article"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editorial_task" ADD CONSTRAINT "editorial_task_draft_id_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."draft"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editorial_task" ADD CONSTRAINT "editorial_task_version_id_article_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."article_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_article" ON "draft" USING btree ("article_id","lang");--> statement-breakpoint
CREATE INDEX "draft_state" ON "draft" USING btree ("state");--> statement-breakpoint
CREATE INDEX "draft_comment_draft" ON "draft_comment" USING btree ("draft_id","created_at");--> statement-breakpoint
CREATE INDEX "editorial_review_draft" ON "editorial_review" USING btree ("draft_id","submitted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "editorial_task_open" ON "editorial_task" USING btree ("key") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "editorial_task_state" ON "editorial_task" USING btree ("state","created_at");--> statement-breakpoint
CREATE OR REPLACE FUNCTION article_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.article_id, OLD.lang, OLD.number, OLD.title, OLD.body, OLD.content_hash, OLD.created_at, OLD.created_by)
     IS DISTINCT FROM
     (NEW.article_id, NEW.lang, NEW.number, NEW.title, NEW.body, NEW.content_hash, NEW.created_at, NEW.created_by)
     -- What people approved begins on the day it is published, where no later day was asked for.
     OR (OLD.valid_from IS DISTINCT FROM NEW.valid_from
         AND NOT (OLD.state = 'approved' AND NEW.state = 'published' AND NEW.valid_from >= OLD.valid_from))
  THEN
    RAISE EXCEPTION 'article version % is immutable: make a new version', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.state IS DISTINCT FROM NEW.state
     AND (OLD.state, NEW.state) NOT IN (('draft', 'published'), ('in-review', 'approved'), ('in-review', 'returned'),
                                        ('approved', 'returned'), ('approved', 'published'), ('published', 'withdrawn'))
  THEN
    RAISE EXCEPTION 'article version % cannot go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
