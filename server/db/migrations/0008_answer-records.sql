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
ALTER TABLE "answer" ADD COLUMN "model" text;--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "fallback" jsonb;--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "record" jsonb;--> statement-breakpoint
CREATE INDEX "model_call_at" ON "model_call" USING btree ("at");--> statement-breakpoint
CREATE INDEX "model_call_answer" ON "model_call" USING btree ("answer_id");