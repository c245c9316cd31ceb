CREATE TABLE "gap_question" (
	"id" text PRIMARY KEY NOT NULL,
	"act_id" text NOT NULL,
	"lang" text NOT NULL,
	"gap" text NOT NULL,
	"text" text NOT NULL,
	"checked_on" date NOT NULL,
	"loaded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "gap_question" ADD CONSTRAINT "gap_question_act_id_act_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."act"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gap_question_act" ON "gap_question" USING btree ("act_id","lang");