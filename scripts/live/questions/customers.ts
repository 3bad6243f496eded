import { created, type Question } from '../question';
import { isGood } from '../palomma';

const about = 'Customers';

const sameEntry = (first: string, second: unknown): string =>
	first === second ? 'the first one is given back' : 'there are two now';

/** What comes of a customer with a property that the documents do not describe. */
const form = (question: string, changes: Record<string, unknown>): Question => ({
	about,
	question,
	async ask({ palomma, invention, told }) {
		const answer = await palomma.post('customers', invention.customer(changes));
		const [[name, sent] = ['', '']] = Object.entries(changes);
		if (!isGood(answer) || typeof sent !== 'string') return told(answer);
		return `${told(answer)}, ${answer.body[name] === sent ? 'stored as sent' : 'stored otherwise'}`;
	},
});

export const customerQuestions: Question[] = [
	{
		about,
		question: 'What comes of a second customer with the same document number and reference?',
		async ask(check) {
			const { palomma, invention, told } = check;
			const body = invention.customer();
			const first = created(await palomma.post('customers', body), check);
			const second = await palomma.post('customers', body);
			return isGood(second)
				? `${told(second)}, ${sameEntry(first.id, second.body['id'])}`
				: told(second);
		},
	},
	{
		about,
		question: 'Is a reference of 120 characters stored as it was sent?',
		async ask({ palomma, invention, told }) {
			const reference = `${invention.reference()}-`.padEnd(120, 'x');
			const answer = await palomma.post('customers', invention.customer({ reference }));
			if (!isGood(answer)) return told(answer);
			const stored = answer.body['reference'];
			if (stored === reference) return 'yes';
			return typeof stored === 'string' && reference.startsWith(stored)
				? `no: cut to ${stored.length} characters`
				: 'no';
		},
	},
	form('Is a reference with spaces, capitals and accents taken?', {
		reference: 'n8n-check-Ñandú Ú 1',
	}),
	form('Is a phone number with +57 taken?', { phoneNumber: '+573000000000' }),
	form('Is a document number with dots taken?', { documentNumber: '1.000.000.001' }),
	form('Is a document type in capitals taken?', { documentType: 'CC' }),
	form('Is an e-mail address without a domain taken?', { email: 'prueba' }),
	form('What does a missing name come to?', { name: undefined }),
	form('Is a property that is not documented taken?', { notDocumented: true }),
];
