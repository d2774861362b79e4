import * as runtime from "react/jsx-runtime";
import * as React from "react";
import { numberTags, placingRuntime } from "/work/helpers/frame/lib/runtime/element-places.ts";
import { transpile } from "/work/helpers/frame/lib/runtime/transpile.ts";
import { transpile as before } from "/tmp/frame-base/lib/runtime/transpile.ts";
import { readFileSync } from "node:fs";
const src = readFileSync("/work/helpers/frame/bench/preview/fixture.ts","utf8");
const rows = Array.from({length:28},(_,i)=>`      <section className="p-${i} bg-white">\n        <h2 className="text-2xl">Title ${i}</h2>\n        <p key="k">Some words about {name} here.</p>\n        {items.map((item) => <Card key={item} title={item} />)}\n      </section>`).join("\n");
const page = `import Card from "./Card";\nconst items = ["a","b"];\nexport default function App() {\n  const name = "x";\n  return (\n    <main>\n${rows}\n    </main>\n  );\n}\n`;
(React as any).__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE && Object.defineProperty((React as any).__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE,"recentlyCreatedOwnerStacks",{get:()=>Infinity,set(){}});
let n=0;
const q=(a:number[],p:number)=>a.sort((x,y)=>x-y)[Math.floor(a.length*p)]!.toFixed(4);
const A:number[]=[],B:number[]=[];
for(let i=0;i<400;i++){ const s=page+"//"+n++; let t=performance.now(); before("/src/App.tsx",s); const b=performance.now()-t; t=performance.now(); transpile("/src/App.tsx",s); const a=performance.now()-t; if(i>80){A.push(a);B.push(b);} }
console.log("lines",page.split("\n").length,"transpile before p50",q(B,.5),"p95",q(B,.95)," after p50",q(A,.5),"p95",q(A,.95));
const c=before("/src/App.tsx",page).code; const N:number[]=[]; for(let i=0;i<500;i++){const t=performance.now();numberTags(c);if(i>80)N.push(performance.now()-t);} console.log("numberTags p50",q(N,.5));
const C=transpile("/src/App.tsx",page);
const C0=before("/src/App.tsx",page);
const mk=(comp:any,jsx:any)=>{const e:any={};comp.run((s:string)=>s==="./Card"?{default:()=>null,__esModule:true}:jsx,{exports:e},e,()=>{},{});return e.default;};
const r0=mk(C0,runtime), r1=mk(C,placingRuntime("/src/App.tsx",runtime as any));
const R0:number[]=[],R1:number[]=[];
for(let i=0;i<3000;i++){let t=performance.now();r0();const a=performance.now()-t;t=performance.now();r1();const b=performance.now()-t;if(i>500){R0.push(a);R1.push(b);}}
console.log("141 elements: before p50",q(R0,.5),"p95",q(R0,.95),"after p50",q(R1,.5),"p95",q(R1,.95));
