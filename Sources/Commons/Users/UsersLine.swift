import Kernel

/// 用户权限。Accounts of staff, who acts for whom, who looked at what, and who may do what.
let users = Line(
    "users", "用户权限",
    actions: [
        AddUser.self, ChangeUser.self, DisableUser.self, EnableUser.self, ResetPassword.self, ResetTwoFactor.self, EndSession.self, DecideProposal.self,
        ChangePassword.self, BeginTwoFactor.self, ConfirmTwoFactor.self, DisableTwoFactor.self, EndOtherSessions.self, AcknowledgeNotices.self,
        DelegateDuty.self, GrantDuty.self, EndDuty.self, SwitchDuty.self, OpenEmergencyView.self, ReviewEmergencyView.self,
    ],
    inquiries: [WhyAccess.self], listings: [userAccounts, accessRecords, emergencyViews, dutyListing, proposalListing],
    records: [User.self, TwoFactor.self, Duty.self, AccountProposal.self, EmergencyView.self],
    pages: [ownAccountPage, accountPage, twoFactorPage, recoveryCodesPage, matrixPage, emergencyViewPage], migrations: accessMigrations + askingMigrations)
