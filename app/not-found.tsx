import { Notice } from "#components/ui/notice.tsx";

export default function NotFound() {
  return (
    <Notice
      title="There is nothing here"
      text="The address may have been cut when it was copied, or the project was deleted."
    />
  );
}
