import type { Bodies, Entries } from '../entries';
import type { ChangingName, LifeCycle } from '../lifeCycle';
import type { Sandbox } from '../sandbox';
import { newCustomer } from './customer';
import { newPayinLink, payinLinkLifeCycle } from './payinLink';
import { newPayinRequest, payinRequestLifeCycle } from './payinRequest';
import { newPayinSource, payinSourceLifeCycle } from './payinSource';
import { newPayoutRequest, payoutRequestLifeCycle } from './payoutRequest';
import { newPayoutTarget, payoutTargetLifeCycle } from './payoutTarget';

/** How entries are made from what the API is sent. */
export const creates: {
	[Name in keyof Bodies]: (sandbox: Sandbox, body: Bodies[Name]) => Entries[Name];
} = {
	customers: newCustomer,
	payinLinks: newPayinLink,
	payinSources: newPayinSource,
	payinRequests: newPayinRequest,
	payoutTargets: newPayoutTarget,
	payoutRequests: newPayoutRequest,
};

/** How entries change their state. */
export const lifeCycles: { [Name in ChangingName]: LifeCycle<Entries[Name]> } = {
	payinLinks: payinLinkLifeCycle,
	payinSources: payinSourceLifeCycle,
	payinRequests: payinRequestLifeCycle,
	payoutTargets: payoutTargetLifeCycle,
	payoutRequests: payoutRequestLifeCycle,
};
