/** What a class or a typeface serves for; nothing serves two roles. */
export type Role = 'train' | 'validation' | 'test';

export const roles: readonly Role[] = ['train', 'validation', 'test'];
