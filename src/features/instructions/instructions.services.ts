/** What the register of instructions offers to doors. */
import type { InstructionRegister } from "./instruction-register.js";

declare module "../../platform/services.js" {
  interface Services {
    readonly instructions: InstructionRegister;
  }
}
