import type { Resource } from '../operations/operation';
import { customer } from './customer';

/** Everything that the node works on. A new resource is a file, or a folder, and an entry here. */
export const resources: [Resource, ...Resource[]] = [customer];
