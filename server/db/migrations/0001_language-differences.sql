CREATE TABLE "language_difference" (
	"id" text PRIMARY KEY NOT NULL,
	"act_id" text NOT NULL,
	"kind" text NOT NULL,
	"is_material" boolean NOT NULL,
	"ru_provision_id" text,
	"kk_provision_id" text,
	"ru" jsonb NOT NULL,
	"kk" jsonb NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"ord" text NOT NULL,
	"decision" text NOT NULL,
	"reason" text,
	"decided_by" text,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "language_difference" ADD CONSTRAINT "language_difference_act_id_act_id_fk" FOREIGN KEY ("act_id") REFERENCES "public"."act"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "language_difference" ADD CONSTRAINT "language_difference_ru_provision_id_provision_id_fk" FOREIGN KEY ("ru_provision_id") REFERENCES "public"."provision"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "language_difference" ADD CONSTRAINT "language_difference_kk_provision_id_provision_id_fk" FOREIGN KEY ("kk_provision_id") REFERENCES "public"."provision"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "language_difference_act" ON "language_difference" USING btree ("act_id","valid_from");--> statement-breakpoint
CREATE INDEX "language_difference_ru" ON "language_difference" USING btree ("ru_provision_id");--> statement-breakpoint
CREATE INDEX "language_difference_kk" ON "language_difference" USING btree ("kk_provision_id");