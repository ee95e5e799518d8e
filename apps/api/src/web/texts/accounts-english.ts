/** What the pages about accounts and the mails say, in English. */
export const accountsInEnglish = {
  signUp: 'Make an account',
  haveAccount: 'I have an account already',
  forgotten: 'Forgotten your password?',
  account: 'Account',
  username: 'Username',
  usernameHint: '3 to 30 letters a-z, digits and hyphens. It is a part of your addresses and never changes.',
  displayName: 'Name',
  displayNameHint: 'Optional. How others see you; you can change it later.',
  email: 'E-mail address',
  emailHint: 'Nobody else sees it. We send you a link that confirms it.',
  emailOptional: 'Optional. With it you can get a new password when you forget yours.',
  password: 'Password',
  passwordHint: (min: number, max: number) => `${min} to ${max} characters. A few words make a good one.`,
  newPassword: 'New password',
  ownPassword: 'Your password',
  currentPassword: 'Current password',
  chosenPassword: 'The password you chose',
  tooOften: (minutes: number): string =>
    `That was too often. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  closed: {
    title: 'Nobody signs up here',
    text: 'Accounts are made by the operator of this server.',
    invited: 'Accounts are made by invitation. Ask somebody who works here for a link.',
  },
  invited: {
    wiki: (by: string, name: string) => `${by} invites you to the wiki “${name}”.`,
    operator: 'This is the first account. It operates this server.',
    platform: 'You are invited to make an account here.',
    role: (role: string): string => (role === 'editor' ? 'You will read and write it.' : 'You will read it.'),
    accept: 'Accept',
    signedIn: (who: string) => `You are signed in as ${who}.`,
    nothing: 'You have an account already, so there is nothing for you to do.',
  },
  sent: {
    title: 'Look in your mail',
    signUp: 'If all goes well, a mail with a link is on its way to you. Your account is made when you follow it.',
    password: 'If there is such an account and we know its e-mail address, a mail with a link is on its way.',
    hint: 'Nothing after some minutes? Look among the unwanted mails, or try again.',
    operator:
      'This server sends no mails: the link is in its log, and its operator can pass it on to you. Ask them for it.',
  },
  confirm: {
    signUp: 'One last step',
    signUpText: (email: string) => `${email} is yours, then. Type the password you chose to make the account.`,
    forgot: 'If you do not know it any more, sign up once more.',
    make: 'Make the account',
    email: 'Confirm an e-mail address',
    emailText: (email: string, who: string) => `${email} becomes the address of the account ${who}.`,
    yes: 'Confirm',
    done: 'The address is confirmed',
  },
  reset: {
    title: 'A new password',
    ask: 'Tell us who you are, and we send you a link to choose a new password.',
    send: 'Send the link',
    text: (who: string) => `Choose a new password for ${who}. Everywhere you are signed in, you will have to again.`,
    save: 'Save the password',
  },
  badLink: {
    title: 'This link is not valid',
    text: 'It may be incomplete, used already, or too old.',
    again: 'Ask for a new one',
  },
  settings: {
    profile: 'Profile',
    person: (username: string) => `You are @${username}.`,
    save: 'Save',
    emailNow: (email: string) => `Now: ${email}`,
    noEmail: 'There is none yet.',
    changeEmail: 'Change the address',
    newEmail: 'New e-mail address',
    emailWaits: 'It changes when you follow the link that we send there.',
    changePassword: 'Change the password',
    othersEnd: 'Wherever else you are signed in, that ends.',
    noPassword: 'This account has no password.',
    getPassword: 'Get a link to choose one',
    security: 'Passkeys and sessions',
    desk: 'Your wikis',
    done: {
      name: 'Your name is saved.',
      email: 'Look in the mail of the new address: a link there confirms it.',
      emailByOperator: 'The link that confirms the address is in the log of the server. Ask its operator for it.',
      password: 'Your password is changed.',
    },
  },
  faults: {
    length: 'This is too short or too long.',
    username: 'This is not 3 to 30 letters a-z, digits and hyphens.',
    password: (min: number, max: number) => `This password does not have ${min} to ${max} characters.`,
    characters: 'There is a character in this that cannot be.',
    'edge-hyphen': 'It may not begin or end with a hyphen.',
    'double-hyphen': 'It may not hold two hyphens in a row.',
    reserved: 'This name is reserved. Choose another one.',
    taken: 'This is taken. Choose another one.',
    address: 'A name may not be a web address.',
    email: 'This is no e-mail address.',
    same: 'This is your address already.',
    wrong: 'This password is wrong.',
  },
  mails: {
    greeting: (who: string) => `Hello ${who},`,
    ignore: 'If this was not you, do nothing: without the link nothing happens.',
    good: (hours: number): string =>
      hours === 1 ? 'The link is good for one hour, once.' : `The link is good for ${hours} hours, once.`,
    signUp: {
      subject: 'Confirm your account',
      text: (site: string) =>
        `Somebody wants to make an account at ${site} with this e-mail address. Follow this link to confirm that it was you:`,
    },
    hasAccount: {
      subject: 'You have an account already',
      text: (site: string) =>
        `Somebody wanted to use this e-mail address for an account at ${site}. There is one with it already, yours; nothing was changed.`,
      signIn: 'Sign in here:',
      forgotten: 'If you forgot your password, get a new one here:',
    },
    password: {
      subject: 'A new password',
      text: (site: string) =>
        `Somebody wants a new password for your account at ${site}. Follow this link to choose it:`,
    },
    email: {
      subject: 'Confirm your e-mail address',
      text: (site: string) =>
        `This is to become the e-mail address of your account at ${site}. Follow this link to confirm it:`,
    },
    emailChanged: {
      subject: 'Your e-mail address was changed',
      text: (site: string) =>
        `Your account at ${site} has another e-mail address now. Mails no longer come to this one.`,
      notYou: 'If this was not you, tell the operator of the server at once.',
    },
    passwordChanged: {
      subject: 'Your password was changed',
      text: (site: string) => `The password of your account at ${site} was changed just now.`,
      notYou: 'If this was not you, get a new one here, and tell the operator of the server:',
    },
  },
};

export type AccountTexts = typeof accountsInEnglish;
