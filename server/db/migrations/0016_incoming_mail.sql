CREATE TABLE "letter_attachment" (
	"id" text PRIMARY KEY NOT NULL,
	"letter_id" text NOT NULL,
	"ord" integer NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text,
	"content" "bytea",
	"left_out" text
);
--> statement-breakpoint
CREATE TABLE "mailbox" (
	"id" text PRIMARY KEY NOT NULL,
	"uid_validity" text,
	"last_uid" bigint NOT NULL,
	"holder" text,
	"held_until" timestamp with time zone,
	"state" text NOT NULL,
	"state_at" timestamp with time zone NOT NULL,
	"last_letter_at" timestamp with time zone,
	"last_error" text,
	"last_error_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mailbox_letter" (
	"id" text PRIMARY KEY NOT NULL,
	"mailbox_id" text NOT NULL,
	"uid_validity" text NOT NULL,
	"uid" bigint NOT NULL,
	"digest" text NOT NULL,
	"bytes" integer NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"from_name" text,
	"from_address" text,
	"subject" text NOT NULL,
	"inquiry_id" text,
	"source" "bytea",
	"is_whole" boolean NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" text
);
--> statement-breakpoint
ALTER TABLE "letter" ADD COLUMN "hidden_text" text;--> statement-breakpoint
ALTER TABLE "letter" ADD COLUMN "remarks" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "letter_attachment" ADD CONSTRAINT "letter_attachment_letter_id_letter_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letter"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_letter" ADD CONSTRAINT "mailbox_letter_mailbox_id_mailbox_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailbox"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_letter" ADD CONSTRAINT "mailbox_letter_inquiry_id_inquiry_id_fk" FOREIGN KEY ("inquiry_id") REFERENCES "public"."inquiry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "letter_attachment_letter" ON "letter_attachment" USING btree ("letter_id","ord");--> statement-breakpoint
CREATE UNIQUE INDEX "mailbox_letter_uid" ON "mailbox_letter" USING btree ("mailbox_id","uid_validity","uid");--> statement-breakpoint
CREATE INDEX "mailbox_letter_digest" ON "mailbox_letter" USING btree ("mailbox_id","digest");--> statement-breakpoint
CREATE INDEX "mailbox_letter_apart" ON "mailbox_letter" USING btree ("outcome","taken_at","id");--> statement-breakpoint
CREATE INDEX "mailbox_letter_inquiry" ON "mailbox_letter" USING btree ("inquiry_id");