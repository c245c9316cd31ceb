CREATE TABLE "call" (
	"id" text PRIMARY KEY NOT NULL,
	"external_id" text NOT NULL,
	"state" text NOT NULL,
	"operator_id" text,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"heard_at" timestamp with time zone NOT NULL,
	"revision" integer NOT NULL,
	"inquiry_id" text,
	"forgotten_at" timestamp with time zone,
	CONSTRAINT "call_external_id_unique" UNIQUE("external_id")
);
--> statement-breakpoint
CREATE TABLE "call_answer" (
	"call_id" text NOT NULL,
	"answer_id" text NOT NULL,
	"segment_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "call_answer_call_id_answer_id_pk" PRIMARY KEY("call_id","answer_id")
);
--> statement-breakpoint
CREATE TABLE "call_note" (
	"id" text PRIMARY KEY NOT NULL,
	"call_id" text NOT NULL,
	"proposed" jsonb NOT NULL,
	"writer" text NOT NULL,
	"prompt" jsonb,
	"fallback" jsonb,
	"dropped" jsonb NOT NULL,
	"answers" jsonb NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" text NOT NULL,
	"confirmed" jsonb,
	"changes" jsonb,
	"inquiry_id" text,
	"confirmed_at" timestamp with time zone,
	"confirmed_by" text
);
--> statement-breakpoint
CREATE TABLE "call_segment" (
	"call_id" text NOT NULL,
	"segment_id" text NOT NULL,
	"ord" integer NOT NULL,
	"speaker" text NOT NULL,
	"text" text NOT NULL,
	"revision" integer NOT NULL,
	"is_final" boolean NOT NULL,
	"call_revision" integer NOT NULL,
	"masked" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "call_segment_call_id_segment_id_pk" PRIMARY KEY("call_id","segment_id")
);
--> statement-breakpoint
CREATE TABLE "inquiry" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"channel" text NOT NULL,
	"lang" text NOT NULL,
	"asker" text NOT NULL,
	"body" text,
	"region" text,
	"contact_name" text,
	"contact_phone" text,
	"contact_email" text,
	"subject" text NOT NULL,
	"content" text NOT NULL,
	"service_id" text,
	"status" text NOT NULL,
	"measures" text,
	"operator_id" text,
	"revision" integer NOT NULL,
	"registered_at" timestamp with time zone NOT NULL,
	"registered_on" date NOT NULL,
	"due_on" date,
	"answered_at" timestamp with time zone,
	"answered_on" date,
	"closed_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inquiry_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "inquiry_counter" (
	"year" integer PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "letter" (
	"id" text PRIMARY KEY NOT NULL,
	"inquiry_id" text NOT NULL,
	"direction" text NOT NULL,
	"message_id" text NOT NULL,
	"in_reply_to" text,
	"references" jsonb NOT NULL,
	"from_name" text,
	"from_address" text NOT NULL,
	"to_address" text,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "letter_message_id_unique" UNIQUE("message_id")
);
--> statement-breakpoint
CREATE TABLE "reply_draft" (
	"id" text PRIMARY KEY NOT NULL,
	"inquiry_id" text NOT NULL,
	"letter_id" text NOT NULL,
	"lang" text NOT NULL,
	"state" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"parts" jsonb NOT NULL,
	"unread" integer NOT NULL,
	"left_out" jsonb NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by" text NOT NULL,
	"message_id" text NOT NULL,
	"sending_since" timestamp with time zone,
	"sent_text" text,
	"changes" jsonb,
	"is_edited" boolean,
	"known_changes" jsonb,
	"sent_letter_id" text,
	"sent_at" timestamp with time zone,
	"sent_by" text,
	"sent_through" text
);
--> statement-breakpoint
ALTER TABLE "call" ADD CONSTRAINT "call_inquiry_id_inquiry_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_answer" ADD CONSTRAINT "call_answer_call_id_call_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."call"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_answer" ADD CONSTRAINT "call_answer_answer_id_answer_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."answer"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_note" ADD CONSTRAINT "call_note_call_id_call_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."call"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_note" ADD CONSTRAINT "call_note_inquiry_id_inquiry_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_segment" ADD CONSTRAINT "call_segment_call_id_call_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."call"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiry" ADD CONSTRAINT "inquiry_service_id_service_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."service"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter" ADD CONSTRAINT "letter_inquiry_id_inquiry_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_draft" ADD CONSTRAINT "reply_draft_inquiry_id_inquiry_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_draft" ADD CONSTRAINT "reply_draft_letter_id_letter_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_draft" ADD CONSTRAINT "reply_draft_sent_letter_id_letter_id_fk" FOREIGN KEY ("sent_letter_id") REFERENCES "public"."letter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_state" ON "call" USING btree ("state","started_at");--> statement-breakpoint
CREATE INDEX "call_note_call" ON "call_note" USING btree ("call_id","made_at");--> statement-breakpoint
CREATE UNIQUE INDEX "call_note_inquiry" ON "call_note" USING btree ("inquiry_id");--> statement-breakpoint
CREATE INDEX "inquiry_registered" ON "inquiry" USING btree ("registered_at","id");--> statement-breakpoint
CREATE INDEX "inquiry_status" ON "inquiry" USING btree ("status","due_on");--> statement-breakpoint
CREATE INDEX "letter_inquiry" ON "letter" USING btree ("inquiry_id","at");--> statement-breakpoint
CREATE INDEX "reply_draft_inquiry" ON "reply_draft" USING btree ("inquiry_id","made_at");