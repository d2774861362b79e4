CREATE TABLE "checkpoint" (
	"id" text PRIMARY KEY NOT NULL,
	"variant_id" text NOT NULL,
	"commit_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" double precision NOT NULL
);
--> statement-breakpoint
ALTER TABLE "blob" ADD COLUMN "stored_at" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "share" ADD COLUMN "variant_id" text;--> statement-breakpoint
ALTER TABLE "share" ADD COLUMN "versions" jsonb;--> statement-breakpoint
ALTER TABLE "share" ADD COLUMN "name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "share" ADD COLUMN "password_hash" text;--> statement-breakpoint
ALTER TABLE "share" ADD COLUMN "expires_at" double precision;--> statement-breakpoint
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_variant_id_variant_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variant"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_commit_id_commit_id_fk" FOREIGN KEY ("commit_id") REFERENCES "public"."commit"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "checkpoint_variant_created" ON "checkpoint" USING btree ("variant_id","created_at");--> statement-breakpoint
ALTER TABLE "share" ADD CONSTRAINT "share_variant_id_variant_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variant"("id") ON DELETE cascade ON UPDATE no action;