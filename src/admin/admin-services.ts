/** What the back office asks for beyond the services that every door is given. */
import type { Services } from "../services.js";

export interface AdminServices extends Services {}
