import { isGood, itemsOf } from '../palomma';
import { created, type Question } from '../question';

const madeUpId = '01HPR57X6QR5ZRKEEKBSDBW4RA';

/** What comes of a source with these changes. */
const source = (question: string, changes: object): Question => ({
	about: 'Payin sources',
	question,
	async ask({ palomma, invention, customerId, told }) {
		return told(await palomma.post('payinSources', invention.account(await customerId(), changes)));
	},
});

export const accountQuestions: Question[] = [
	source('Is a bank that is not in the list taken?', {
		bankAccount: { bank: 'a-new-bank', accountType: 'savings', accountNumber: '00000000001' },
	}),
	source('Is a checking account taken?', {
		bankAccount: { bank: 'bancolombia', accountType: 'checking', accountNumber: '00000000001' },
	}),
	source('Is partialPayinsEnabled taken for another bank than Bancolombia?', {
		bankAccount: { bank: 'nequi', accountType: 'savings', accountNumber: '3000000000' },
		partialPayinsEnabled: true,
	}),
	...['bancolombiaToken', 'nequiToken'].map((type) =>
		source(`Is a source of type ${type} taken with nothing else?`, {
			type,
			bankAccount: undefined,
		}),
	),
	{
		about: 'Payin sources',
		question: 'Is the bank account in the answer?',
		async ask(check) {
			const { palomma, invention, customerId } = check;
			const body = invention.account(await customerId());
			return 'bankAccount' in created(await palomma.post('payinSources', body), check)
				? 'yes'
				: 'no';
		},
	},
	{
		about: 'Payin requests',
		question: 'What does charging a source that is not active come to?',
		async ask(check) {
			const { palomma, invention, customerId, told } = check;
			const body = invention.account(await customerId());
			const { id } = created(await palomma.post('payinSources', body), check);
			const reference = invention.reference();
			return told(
				await palomma.post('payinRequests', { payinSourceId: id, amount: 5_000, reference }),
			);
		},
	},
	{
		about: 'Payout targets',
		question: 'What is the status of a new target?',
		async ask(check) {
			const { palomma, invention, customerId } = check;
			const body = invention.account(await customerId());
			const { status, authUrl } = created(await palomma.post('payoutTargets', body), check);
			return `${String(status)}, ${authUrl === undefined ? 'without' : 'with'} authUrl`;
		},
	},
	{
		about: 'Merchant accounts',
		question: 'Is "default" the ID of a merchant account?',
		ask: async ({ palomma, told }) => told(await palomma.get('/merchantAccounts/default')),
	},
	...['settlements', 'payinSettlements'].map((path): Question => ({
		about: 'Merchant accounts',
		question: `Are settlements found at /merchantAccounts/{id}/${path}?`,
		async ask({ palomma, told }) {
			const [account] = itemsOf(await palomma.get('/merchantAccounts?limit=1'));
			if (account === undefined) return 'not known: there is no merchant account';
			return told(await palomma.get(`/merchantAccounts/${String(account['id'])}/${path}?limit=1`));
		},
	})),
	{
		about: 'Everything',
		question: 'What does an ID that does not exist come to?',
		ask: async ({ palomma, told }) => told(await palomma.get(`/customers/${madeUpId}`)),
	},
	{
		about: 'Everything',
		question: 'What does an ID of another form come to?',
		ask: async ({ palomma, told }) => told(await palomma.get('/customers/x')),
	},
	{
		about: 'Everything',
		question: 'What does a wrong key come to?',
		ask: async ({ palomma, told }) =>
			told(await palomma.get('/customers?limit=1', { authorization: 'Bearer wrong' })),
	},
	{
		about: 'Everything',
		question: 'What comes of 40 requests at once?',
		async ask({ palomma }) {
			const answers = await Promise.all(
				Array.from({ length: 40 }, async () => await palomma.get('/customers?limit=1')),
			);
			const refused = answers.filter((answer) => !isGood(answer));
			const [first] = refused;
			if (first === undefined) return 'all are answered';
			const named = [...first.headers.keys()].filter((name) => /retry-after|rate/i.test(name));
			const headers = named.length === 0 ? 'no header says when to go on' : named.join(', ');
			return `${refused.length} are refused, with ${first.status}; ${headers}`;
		},
	},
];
