CREATE TABLE "model_call" (
	"id" text PRIMARY KEY NOT NULL,
	"answer_id" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"outcome" text NOT NULL,
	"input_tokens" integer NOT NULL,
	"output_tokens" integer NOT NULL,
	"estimated" boolean NOT NULL,
	"cost" double precision NOT NULL,
	"first_token_ms" integer,
	"took_ms" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
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
ALTER TABLE "answer" ADD COLUMN "model" text;--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "fallback" jsonb;--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "record" jsonb;--> statement-breakpoint
ALTER TABLE "answer_feedback" ADD CONSTRAINT "answer_feedback_answer_id_answer_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."answer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_call_at" ON "model_call" USING btree ("at");--> statement-breakpoint
CREATE INDEX "model_call_answer" ON "model_call" USING btree ("answer_id");--> statement-breakpoint
CREATE INDEX "answer_feedback_task" ON "answer_feedback" USING btree ("task_key","changed_at");