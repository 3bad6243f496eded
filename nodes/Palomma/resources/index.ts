import type { Resource } from '../operations/operation';
import { customer } from './customer';
import { merchantAccount } from './merchantAccount';
import { payinLink } from './payinLink';
import { payinRequest } from './payinRequest';
import { payinSettlement } from './payinSettlement';
import { payinSource } from './payinSource';
import { payoutRequest } from './payoutRequest';
import { payoutTarget } from './payoutTarget';

/** Everything that the node works on. A new resource is a file, or a folder, and an entry here. */
export const resources: [Resource, ...Resource[]] = [
	customer,
	payinLink,
	payinSource,
	payinRequest,
	payoutTarget,
	payoutRequest,
	merchantAccount,
	payinSettlement,
];
