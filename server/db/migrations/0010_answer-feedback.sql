CREATE TABLE "answer_feedback" (
	"answer_id" text NOT NULL,
	"person_id" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	"task_key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "answer_feedback_answer_id_person_id_pk" PRIMARY KEY("answer_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "guidance" jsonb;--> statement-breakpoint
ALTER TABLE "answer_feedback" ADD CONSTRAINT "answer_feedback_answer_id_answer_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."answer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answer_feedback_task" ON "answer_feedback" USING btree ("task_key","changed_at");