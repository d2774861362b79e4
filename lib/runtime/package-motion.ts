import * as motion from "motion/react";
import { addPackage } from "./add-package.ts";

addPackage({ motion, "motion/react": motion });
