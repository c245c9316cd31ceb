CREATE TABLE "sample_question" (
	"id" text PRIMARY KEY NOT NULL,
	"act_id" text NOT NULL,
	"lang" text NOT NULL,
	"eid" text NOT NULL,
	"text" text NOT NULL,
	"loaded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sample_question" ADD CONSTRAINT "sample_question_act_id_act_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."act"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sample_question_act" ON "sample_question" USING btree ("act_id","lang");