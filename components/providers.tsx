"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

/** One for this browser's page, so that the studio knows what the start page read; on the server one for each request. */
let known: QueryClient | null = null;

/** Around the start page and the studio. Who opens a link to a version reads nothing that lies at rest, and loads no reader. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(clientHere);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function clientHere(): QueryClient {
  if (typeof window === "undefined") return createClient();
  known ??= createClient();
  return known;
}

function createClient(): QueryClient {
  // The server may be this machine, which is reached without any network: it is asked, and says itself when it is away.
  const networkMode = "always";
  return new QueryClient({
    defaultOptions: { queries: { retry: 1, networkMode }, mutations: { networkMode } },
  });
}
