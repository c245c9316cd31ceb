ALTER TABLE "mailbox" ADD COLUMN "trying_uid" bigint;--> statement-breakpoint
ALTER TABLE "mailbox" ADD COLUMN "tries" integer DEFAULT 0 NOT NULL;