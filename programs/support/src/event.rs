use {anchor_lang::Discriminator, bytemuck::Pod, solana_program::log::sol_log_data};

/// Longest event with its discriminator.
pub const MAX_EVENT: usize = 256;

/// Writes an event to the transaction's log.
pub fn log<E: Discriminator + Pod>(event: &E) {
    emit_bytes(E::DISCRIMINATOR, bytemuck::bytes_of(event));
}

#[inline(never)]
fn emit_bytes(discriminator: &[u8], body: &[u8]) {
    let mut buffer = [0u8; MAX_EVENT];
    let split = discriminator.len();
    let end = split.saturating_add(body.len());
    if let Some(frame) = buffer.get_mut(..end) {
        let (head, tail) = frame.split_at_mut(split);
        head.copy_from_slice(discriminator);
        tail.copy_from_slice(body);
        sol_log_data(&[frame]);
    }
}

/// What the events of a program have in common.
pub trait Event {
    /// The fields after the header by name, in their order.
    #[cfg(not(target_os = "solana"))]
    fn fields(&self) -> Vec<(&'static str, crate::Field)>;
}

/// Event types of fixed size without padding, whose Borsh bytes are their memory.
/// `Header` and Anchor's prelude must be in scope.
#[macro_export]
macro_rules! event_types {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:tt,)* })+) => {
        $(
            $(#[$doc])*
            #[event]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
            #[repr(C)]
            pub struct $name {
                /// Whose event, slot and sequence number.
                pub header: Header,
                $($(#[$field_doc])* pub $field: $type,)*
            }
            const _: () = assert!(core::mem::size_of::<$name>() + 8 <= $crate::MAX_EVENT);

            impl $crate::Event for $name {
                #[cfg(not(target_os = "solana"))]
                fn fields(&self) -> Vec<(&'static str, $crate::Field)> {
                    vec![$((stringify!($field), $crate::Field::from(self.$field)),)*]
                }
            }
        )+
    };
}

/// An enum of event types that decodes any of them. `Header` and Anchor's prelude must
/// be in scope.
#[macro_export]
macro_rules! any_event {
    ($any:ident { $($name:ident,)+ }) => {
        /// Any event of this program.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $any {
            $(
                #[doc = concat!("See [`", stringify!($name), "`].")]
                $name(Box<$name>),
            )+
        }

        impl $any {
            /// Decodes the bytes of one `Program data:` log line. `None` for anything
            /// that is no event of this program.
            pub fn decode(data: &[u8]) -> Option<$any> {
                $(
                    if let Some(mut body) = data.strip_prefix($name::DISCRIMINATOR) {
                        let event = $name::deserialize(&mut body).ok()?;
                        return body.is_empty().then(|| $any::$name(Box::new(event)));
                    }
                )+
                None
            }

            /// The event's name.
            pub fn name(&self) -> &'static str {
                match self {
                    $($any::$name(_) => stringify!($name),)+
                }
            }

            /// Whose event, slot and sequence number.
            pub fn header(&self) -> &Header {
                match self {
                    $($any::$name(event) => &event.header,)+
                }
            }

            /// The fields after the header by name, in their order.
            #[cfg(not(target_os = "solana"))]
            pub fn fields(&self) -> Vec<(&'static str, $crate::Field)> {
                match self {
                    $($any::$name(event) => $crate::Event::fields(event.as_ref()),)+
                }
            }

            /// The names of all events.
            #[cfg(not(target_os = "solana"))]
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)+];
        }
    };
}
