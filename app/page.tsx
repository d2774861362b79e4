import { StartPage } from "#components/start/start-page.tsx";

export default function Page() {
  return <StartPage />;
}
