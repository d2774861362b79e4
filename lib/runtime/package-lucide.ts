import * as icons from "lucide-react";
import { addPackage } from "./add-package.ts";

addPackage({ "lucide-react": icons });
