/** What to say if it is certain that there is no customer. */
export const noEffect = 'No customer was created for this item.';

/** Begins the list of the customers that a stopped run has created. */
export const traceTitle = 'Customers were created for';
