/** Why a payment can fail on a page, as the API calls it. */
export const reasons = [
	'NOT_ENOUGH_FUNDS',
	'DECLINED_BY_BANK',
	'AUTHENTICATION_FAILED',
	'INVALID_ACCOUNT',
	'DOCUMENT_ACCOUNT_MISMATCH',
	'BANK_NOT_AVAILABLE',
	'ERROR',
] as const;

/** What a page says about one kind of entry. */
interface Wording {
	title: string;
	/** What the button says that does it. */
	confirm: string;
	done: string;
	cancel: string;
}

/** Everything that the pages say. */
export interface Texts {
	/** Name of the other language, in that language. */
	otherLanguage: string;
	notice: string;
	payinLinks: Wording;
	payinSources: Wording;
	payoutTargets: Wording;
	amount: string;
	description: string;
	customer: string;
	reference: string;
	method: string;
	methods: Record<string, string>;
	failure: string;
	reason: string;
	fail: string;
	failed: string;
	cancelled: string;
	expired: string;
	processing: string;
	back: string;
	backSoon: string;
	notFound: string;
	reasons: Record<string, string>;
}

const en: Texts = {
	otherLanguage: 'Español',
	notice: 'This is a simulator. No money moves.',
	payinLinks: {
		title: 'Pay',
		confirm: 'Pay',
		done: 'Payment approved',
		cancel: 'Cancel the payment',
	},
	payinSources: {
		title: 'Authorise debits from your account',
		confirm: 'Authorise',
		done: 'Debits authorised',
		cancel: 'Do not authorise',
	},
	payoutTargets: {
		title: 'Confirm the account that gets money',
		confirm: 'Confirm',
		done: 'Account confirmed',
		cancel: 'Do not confirm',
	},
	amount: 'Amount',
	description: 'For',
	customer: 'Name',
	reference: 'Reference',
	method: 'How do you want to pay?',
	methods: {
		pse: 'PSE',
		bancolombiaButton: 'Bancolombia button',
		nequiButton: 'Nequi button',
		card: 'Card',
		bancolombiaCollect: 'Cash at Bancolombia',
	},
	failure: 'Try a failure',
	reason: 'Reason',
	fail: 'Let it fail',
	failed: 'It failed',
	cancelled: 'Cancelled',
	expired: 'The time to pay is over',
	processing: 'The bank has not answered yet. Come back later.',
	back: 'Go back to the shop',
	backSoon: 'You go back in a few seconds.',
	notFound: 'There is nothing to pay or to confirm here.',
	reasons: {
		NOT_ENOUGH_FUNDS: 'Not enough money in the account',
		DECLINED_BY_BANK: 'The bank declined it',
		AUTHENTICATION_FAILED: 'Signing in at the bank failed',
		INVALID_ACCOUNT: 'There is no such account',
		DOCUMENT_ACCOUNT_MISMATCH: 'The account belongs to somebody else',
		BANK_NOT_AVAILABLE: 'The bank cannot be reached',
		ERROR: 'Unknown error',
	},
};

const es: Texts = {
	otherLanguage: 'English',
	notice: 'Este es un simulador. No se mueve dinero.',
	payinLinks: {
		title: 'Pagar',
		confirm: 'Pagar',
		done: 'Pago aprobado',
		cancel: 'Cancelar el pago',
	},
	payinSources: {
		title: 'Autoriza débitos de tu cuenta',
		confirm: 'Autorizar',
		done: 'Débitos autorizados',
		cancel: 'No autorizar',
	},
	payoutTargets: {
		title: 'Confirma la cuenta que recibe el dinero',
		confirm: 'Confirmar',
		done: 'Cuenta confirmada',
		cancel: 'No confirmar',
	},
	amount: 'Valor',
	description: 'Concepto',
	customer: 'Nombre',
	reference: 'Referencia',
	method: '¿Cómo quieres pagar?',
	methods: {
		pse: 'PSE',
		bancolombiaButton: 'Botón Bancolombia',
		nequiButton: 'Botón Nequi',
		card: 'Tarjeta',
		bancolombiaCollect: 'Efectivo en Bancolombia',
	},
	failure: 'Prueba una falla',
	reason: 'Motivo',
	fail: 'Hacer que falle',
	failed: 'Falló',
	cancelled: 'Cancelado',
	expired: 'El tiempo para pagar terminó',
	processing: 'El banco aún no responde. Vuelve más tarde.',
	back: 'Volver al comercio',
	backSoon: 'Vuelves en unos segundos.',
	notFound: 'Aquí no hay nada que pagar ni confirmar.',
	reasons: {
		NOT_ENOUGH_FUNDS: 'No hay fondos suficientes en la cuenta',
		DECLINED_BY_BANK: 'El banco lo rechazó',
		AUTHENTICATION_FAILED: 'Falló el ingreso al banco',
		INVALID_ACCOUNT: 'La cuenta no existe',
		DOCUMENT_ACCOUNT_MISMATCH: 'La cuenta es de otra persona',
		BANK_NOT_AVAILABLE: 'El banco no está disponible',
		ERROR: 'Error desconocido',
	},
};

export const texts = { en, es };

export type Language = keyof typeof texts;

/** The language that was chosen, or else the one that the browser likes best of those there are. */
export function languageOf(chosen: string | null, acceptLanguage = ''): Language {
	if (chosen === 'en' || chosen === 'es') return chosen;
	const [best] = acceptLanguage
		.split(',')
		.map((range) => {
			const [tag = '', quality = ''] = range.trim().split(/;\s*q=/);
			return { language: tag.slice(0, 2).toLowerCase(), quality: Number(quality || 1) };
		})
		.filter(({ language, quality }) => (language === 'en' || language === 'es') && quality > 0)
		.sort((one, other) => other.quality - one.quality);
	return best?.language === 'es' ? 'es' : 'en';
}
