export const eventChannel = 'ionloop_events';
