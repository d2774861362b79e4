import { Notice } from "#components/ui/notice.tsx";

export default function Page() {
  return (
    <Notice
      title="This link is closed"
      text="The person who made it has switched it off, or its time is over. Ask them for a new one."
    />
  );
}
