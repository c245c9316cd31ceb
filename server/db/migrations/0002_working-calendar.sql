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
