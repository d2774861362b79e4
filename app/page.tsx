import { Providers } from "#components/providers.tsx";
import { StartPage } from "#components/start/start-page.tsx";

export default function Page() {
  return (
    <Providers>
      <StartPage />
    </Providers>
  );
}
