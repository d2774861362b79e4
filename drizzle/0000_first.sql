CREATE TABLE "blob" (
	"hash" text PRIMARY KEY NOT NULL,
	"size" integer NOT NULL,
	"encoding" text NOT NULL,
	"data" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "commit" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"parent_id" text,
	"turn_id" text,
	"manifest_hash" text NOT NULL,
	"author_kind" text NOT NULL,
	"created_at" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "doc_state" (
	"variant_id" text PRIMARY KEY NOT NULL,
	"upto_seq" bigint NOT NULL,
	"state" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "doc_update" (
	"variant_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"author" text NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "doc_update_variant_id_seq_pk" PRIMARY KEY("variant_id","seq")
);
--> statement-breakpoint
CREATE TABLE "project" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"owner_id" text NOT NULL,
	"created_at" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "share" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"project_id" text NOT NULL,
	"commit_id" text,
	"variant_letter" text,
	"role" text NOT NULL,
	"created_at" double precision NOT NULL,
	"revoked_at" double precision,
	CONSTRAINT "share_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "turn" (
	"id" text PRIMARY KEY NOT NULL,
	"prompt_id" text NOT NULL,
	"variant_id" text NOT NULL,
	"kind" text NOT NULL,
	"prompt" text NOT NULL,
	"lane" text NOT NULL,
	"model" text NOT NULL,
	"state" text NOT NULL,
	"message" text,
	"answer" text NOT NULL,
	"applied_edits" integer NOT NULL,
	"failed_edits" jsonb NOT NULL,
	"usage" jsonb,
	"timings" jsonb,
	"commit_id" text,
	"output_hash" text,
	"started_at" double precision NOT NULL,
	"ended_at" double precision
);
--> statement-breakpoint
CREATE TABLE "variant" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"letter" text NOT NULL,
	"name" text NOT NULL,
	"set_number" integer NOT NULL,
	"position" integer NOT NULL,
	"parent_id" text,
	"base_commit_id" text NOT NULL,
	"head_commit_id" text NOT NULL,
	"kept_at" double precision,
	"created_at" double precision NOT NULL,
	"doc_seq" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "commit" ADD CONSTRAINT "commit_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commit" ADD CONSTRAINT "commit_manifest_hash_blob_hash_fk" FOREIGN KEY ("manifest_hash") REFERENCES "public"."blob"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_state" ADD CONSTRAINT "doc_state_variant_id_variant_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variant"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_update" ADD CONSTRAINT "doc_update_variant_id_variant_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variant"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share" ADD CONSTRAINT "share_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "share" ADD CONSTRAINT "share_commit_id_commit_id_fk" FOREIGN KEY ("commit_id") REFERENCES "public"."commit"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turn" ADD CONSTRAINT "turn_variant_id_variant_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variant"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turn" ADD CONSTRAINT "turn_output_hash_blob_hash_fk" FOREIGN KEY ("output_hash") REFERENCES "public"."blob"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variant" ADD CONSTRAINT "variant_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variant" ADD CONSTRAINT "variant_base_commit_id_commit_id_fk" FOREIGN KEY ("base_commit_id") REFERENCES "public"."commit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variant" ADD CONSTRAINT "variant_head_commit_id_commit_id_fk" FOREIGN KEY ("head_commit_id") REFERENCES "public"."commit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "commit_project_created" ON "commit" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "project_owner_created" ON "project" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE INDEX "share_project_created" ON "share" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "turn_variant_started" ON "turn" USING btree ("variant_id","started_at");--> statement-breakpoint
CREATE INDEX "turn_running" ON "turn" USING btree ("id") WHERE "turn"."state" = 'running';--> statement-breakpoint
CREATE INDEX "variant_project_place" ON "variant" USING btree ("project_id","set_number","position");