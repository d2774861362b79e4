ALTER TABLE "turn" ADD COLUMN "changes" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "turn" ADD COLUMN "warnings" jsonb DEFAULT '[]'::jsonb NOT NULL;