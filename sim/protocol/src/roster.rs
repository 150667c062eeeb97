//! Who is active: the one door through which a standing changes, and what is counted there (active GPUs, tenure's
//! beginning and end). Why a standing changes is decided elsewhere.

use crate::ids::ProviderId;
use crate::role::Role;
use crate::standing::Standing;
use crate::state::Protocol;

impl Protocol {
    /// A provider's role, its kind's.
    pub(crate) fn role(&self, id: ProviderId) -> Role {
        self.kinds[self.providers[id.index()].kind.index()].role
    }

    /// Changes a standing. The weight is not touched: whoever calls this does that when everything else has changed too.
    pub(crate) fn set_standing(&mut self, id: ProviderId, standing: Standing) {
        let role = self.role(id);
        let provider = &mut self.providers[id.index()];
        let before = core::mem::replace(&mut provider.standing, standing);
        let (was_active, is_active) = (before == Standing::Active, standing == Standing::Active);
        if was_active == is_active {
            return;
        }
        if role == Role::Compute {
            let gpus = u64::from(provider.gpus);
            if is_active {
                self.active_gpus += gpus;
            } else {
                self.active_gpus -= gpus;
            }
        }
        if is_active {
            self.begin_tenure(id);
        } else {
            self.end_tenure(id);
        }
    }
}
