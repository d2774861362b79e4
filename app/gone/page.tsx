import { Notice } from "#components/ui/notice.tsx";

export default function Page() {
  return (
    <Notice
      title="This link was switched off"
      text="The person who made it has closed it. Ask them for a new one."
    />
  );
}
