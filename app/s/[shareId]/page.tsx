import { notFound } from "next/navigation";
import { SharePage } from "#components/share/share-page.tsx";
import { ID_PATTERN, type ShareId } from "#lib/project/ids.ts";
import { currentStorage } from "#lib/storage/current.ts";

export default async function Page({ params }: { params: Promise<{ shareId: string }> }) {
  const { shareId } = await params;
  const share = ID_PATTERN.test(shareId) ? await currentStorage().getShare(shareId as ShareId) : null;
  if (!share) notFound();
  return <SharePage shareId={share.id} />;
}
