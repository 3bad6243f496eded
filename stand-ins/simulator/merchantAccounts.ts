import { defaultAccountId } from './checks';
import { dayIn, wallClock } from './colombia';
import type { Entries } from './entries';
import type { Sandbox } from './sandbox';

type MerchantAccount = Entries['merchantAccounts'];
type PayinSettlement = Entries['payinSettlements'];

/** ID of the other merchant account, a gateway. */
export const gatewayAccountId = '01HPR5GATEWAY0000000000000';

/** What a merchant has at the start. */
export const firstAccounts: MerchantAccount[] = [
	{
		id: defaultAccountId,
		description: 'Main account',
		unsettledAmount: 0,
		type: 'aggregator',
		availableBalance: 100_000_000,
	},
	{
		id: gatewayAccountId,
		description: 'Second shop',
		unsettledAmount: 0,
		type: 'gateway',
		payinsEnabled: true,
		payoutsEnabled: false,
	},
];

const cycles = [11, 13, 16, 18, 20] as const;

/** A settlement of these payins, now. */
export function settlementOf(
	sandbox: Sandbox,
	merchantAccountId: string,
	payins: Array<{ amountCollected?: number; fee?: number }>,
): PayinSettlement {
	const now = new Date();
	const hour = Number(wallClock(now).slice(11, 13));
	return {
		...sandbox.identity('payinSettlements'),
		merchantAccountId,
		totalAmountCollected: sum(payins.map(({ amountCollected = 0 }) => amountCollected)),
		totalFees: sum(payins.map(({ fee = 0 }) => fee)),
		numberOfPayins: payins.length,
		payinSettlementDate: dayIn(now),
		payinSettlementCycle: cycles.find((cycle) => cycle >= hour) ?? 20,
		...sandbox.dates(),
	};
}

/** The account with that much more, or less, in it. */
export function credited(
	account: MerchantAccount,
	change: { unsettled?: number; available?: number },
) {
	const { unsettled = 0, available = 0 } = change;
	const { unsettledAmount = 0, availableBalance } = account;
	return {
		...account,
		unsettledAmount: unsettledAmount + unsettled,
		// Only an aggregator keeps what is settled.
		...(availableBalance !== undefined && { availableBalance: availableBalance + available }),
	};
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
