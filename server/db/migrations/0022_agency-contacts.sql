CREATE TABLE "agency_contact_edit" (
	"agency_id" text NOT NULL,
	"number" integer NOT NULL,
	"contacts" jsonb NOT NULL,
	"source" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "agency_contact_edit_agency_id_number_pk" PRIMARY KEY("agency_id","number")
);
