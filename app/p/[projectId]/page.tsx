import { notFound } from "next/navigation";
import { StudioPage } from "#components/studio/studio-page.tsx";
import { ID_PATTERN, type ProjectId } from "#lib/project/ids.ts";
import { currentStorage } from "#lib/storage/current.ts";

export default async function Page({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const project = ID_PATTERN.test(projectId)
    ? await currentStorage().getProject(projectId as ProjectId)
    : null;
  if (!project) notFound();
  const variants = (await currentStorage().listVariants(project.id)).filter(
    (each) => each.deletedAt === null,
  );
  const newest = Math.max(...variants.map((variant) => variant.setNumber));
  const panes = variants.filter((variant) => variant.setNumber === newest).length;
  return <StudioPage projectId={project.id} title={project.title} panes={panes} network={project.network} />;
}
