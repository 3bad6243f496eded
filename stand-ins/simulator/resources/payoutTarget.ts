import { given, type Bodies, type Entries } from '../entries';
import type { LifeCycle } from '../lifeCycle';
import type { Sandbox } from '../sandbox';
import { newAccount } from './account';

type PayoutTarget = Entries['payoutTargets'];

/** @throws Refusal */
export function newPayoutTarget(sandbox: Sandbox, body: Bodies['payoutTargets']): PayoutTarget {
	const { firstStatusOfPayoutTargets: status } = sandbox;
	return given({ ...newAccount(sandbox, 'payoutTargets', body, status), type: body.type });
}

export const payoutTargetLifeCycle: LifeCycle<PayoutTarget> = {
	eventType: 'payout-target.update',
	// Verifying one that is active from the start is news, too.
	next: { pending: ['active', 'cancelled'], active: ['active', 'cancelled'] },
};
